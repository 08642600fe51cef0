"""The shape of a dialog: model, conditions, routing, texts; loaded, checked and explored before it is used."""
