"""A simulated quarter: two thousand bursts, played on the bot and foretold by an oracle that knows nothing of it."""
