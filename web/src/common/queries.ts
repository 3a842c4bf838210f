import { QueryClient } from '@tanstack/react-query'

/** One cache for all that is asked by HTTP. Given to each `useQuery`, so that a first page without queries loads none of it. */
export const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1 } } })
