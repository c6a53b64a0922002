"""What a crawl hands out: JSON Lines, CSV and XLSX files that appear whole or not at all."""
