locals {
  notifier = "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"
}
