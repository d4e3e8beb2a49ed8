"""What the bot takes, each time beside a floor or a peer that was measured in the same run.

Only ratios count: absolute figures are the machine's. Nothing that is measured here is asserted in a test.
"""
