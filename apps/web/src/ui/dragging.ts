let isOn = false

/** Whether a hand moves a picture: what only tells the time rests meanwhile. */
export const dragging = {
  isOn: () => isOn,
  set: (is: boolean) => {
    isOn = is
  },
}
