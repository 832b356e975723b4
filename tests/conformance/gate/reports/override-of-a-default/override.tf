variable "days" {
  default = 7
}
