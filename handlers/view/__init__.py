"""What every page is drawn with: models for templates, the language of the reader, and conditional answers."""
