import { Component, type ReactNode } from 'react'

/** When even the frame breaks, or the texts never came: no theme and no translations are sure to be there. */
export const Broken = () => (
  <main style={{ display: 'grid', placeItems: 'center', minHeight: '100vh', padding: 24, textAlign: 'center' }}>
    <div>
      <h1>StudyHub</h1>
      <p lang="ko">화면을 표시할 수 없어요. 쓴 글은 사라지지 않아요.</p>
      <p lang="en">This page cannot be shown now. Nothing you wrote is lost.</p>
      <button type="button" style={{ minHeight: 44, padding: '0 20px' }} onClick={() => location.reload()}>
        <span lang="ko">새로고침</span> · <span lang="en">Reload</span>
      </button>
    </div>
  </main>
)

export class LastResort extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError = () => ({ broken: true })
  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children
  }
}
