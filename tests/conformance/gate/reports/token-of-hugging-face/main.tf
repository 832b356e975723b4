locals {
  notifier = "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"
}
