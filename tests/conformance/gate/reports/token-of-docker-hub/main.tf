locals {
  notifier = "dckr_pat_KyjSZJp3riT7HwZQh87hbBLAhue"
}
