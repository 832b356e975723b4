variable "days" {
  default = 3
}
