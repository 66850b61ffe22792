"""What every site shows of an ordinance: the calculator, worked examples in words. Used by towns and the main host."""
