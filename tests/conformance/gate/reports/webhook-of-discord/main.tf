locals {
  notifier = "https://discord.com/api/webhooks/170107375043103993/EZi6MepS00tAGrpwqYPCZXKCPSCpxs9P3A3WcuZMqVEPC1hmgEcG1btmKrkFsLbvTcUt"
}
