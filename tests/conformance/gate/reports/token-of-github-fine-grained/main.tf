locals {
  notifier = "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"
}
