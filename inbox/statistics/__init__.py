"""What is counted of cases, and how small numbers are protected. Values in, values out; never a text of anybody."""
