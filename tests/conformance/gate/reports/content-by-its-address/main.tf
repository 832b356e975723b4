locals {
  page = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWP3uYp"
}
