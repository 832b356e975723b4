locals {
  notifier = "key-8940f1f836f99eee3692f09e2e8c6622"
}
