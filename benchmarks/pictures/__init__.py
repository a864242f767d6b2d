"""Reading pictures of chats, and knowing copies of photographs again."""
