"""The table of budgets: how fast and how large the product is, as ratios measured in one run."""
