terraform {
  backend "http" {
    address  = "https://state.internal/feeds"
    username = "ci"
    password = "Gr33n-Apple-77"
  }
}
