locals {
  days = 90
}
