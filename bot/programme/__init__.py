"""The programme file: schema, loading with line-precise errors, defaults for imaging."""
