"""What happened, as plain values: clocks, facts, and the results that are folds over them."""
