"""The screens: an application of Textual over the services."""
