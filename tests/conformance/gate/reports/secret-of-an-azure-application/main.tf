locals {
  notifier = "oSq8Q~iRWZCNMbLrTuW8aL11SH0jDr5Z6emjov78"
}
