"""The scripted demo: people in the sandbox living through one burst."""
