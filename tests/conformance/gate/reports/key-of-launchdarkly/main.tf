locals {
  notifier = "api-adbc6092-6f69-67e7-893f-57fd14c1604d"
}
