"""Whatever arrives: generated from real deliveries, judged by what was answered, stored and shown."""
