"""Files of stories: JSON Lines, CSV, XLSX and Parquet, each of which appears whole or not at all."""
