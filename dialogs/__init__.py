"""Guided chats: their definitions, and the engine that leads a person through them.

Pure: nothing here waits, knows the time or reads anything but the data files of this folder.
"""
