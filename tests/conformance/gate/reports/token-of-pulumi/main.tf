locals {
  notifier = "pul-5d328263dfe574de739988b886e7577496a2c877"
}
