locals {
  notifier = "dapi1e558e08baa7196b50ac2f86702824c1"
}
