locals {
  notifier = "dop_v1_176813e02ea68ef786e4d3cea27d26934b484e73cf575dcad6ba2b0aee0ca923"
}
