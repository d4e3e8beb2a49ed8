"""What Slack's Web API and Slack's client accept and refuse, as pure functions.

Nothing in here holds state, reads a clock or knows of a workspace: data in, problems out. Where Slack's
documentation and Slack's own libraries disagree, the stricter of the two is taken, because what this
sandbox forgives, the real Slack may not.
"""
