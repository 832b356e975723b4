locals {
  notifier = "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"
}
