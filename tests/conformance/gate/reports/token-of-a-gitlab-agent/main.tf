locals {
  notifier = "glagent-4JD9yY8fto38jc397iJkKjiB6e0MpA02KMKgqxHmDWujjmg10G"
}
