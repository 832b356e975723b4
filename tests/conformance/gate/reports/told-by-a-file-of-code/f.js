export const request = (ctx) => ({ operation: "Invoke", invocationType: "Event", payload: ctx })
export const response = () => null
