// What mediasoup-worker uses of ankerl::unordered_dense, on top of the standard
// library. Guarantees of the standard containers are a superset (stable
// references), except for the order of iteration: insertion order in the
// original (until the first erase), unspecified here.
#ifndef STUDYHUB_UNORDERED_DENSE_SHIM_H
#define STUDYHUB_UNORDERED_DENSE_SHIM_H

#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ankerl::unordered_dense
{
	template<typename T, typename Enable = void>
	struct hash : std::hash<T>
	{
	};

	template<typename K, typename T, typename Hash = hash<K>, typename Eq = std::equal_to<K>>
	using map = std::unordered_map<K, T, Hash, Eq>;

	template<typename K, typename Hash = hash<K>, typename Eq = std::equal_to<K>>
	using set = std::unordered_set<K, Hash, Eq>;

	template<typename K, typename T, typename Hash = hash<K>, typename Eq = std::equal_to<K>>
	using segmented_map = std::unordered_map<K, T, Hash, Eq>;

	template<typename K, typename Hash = hash<K>, typename Eq = std::equal_to<K>>
	using segmented_set = std::unordered_set<K, Hash, Eq>;
} // namespace ankerl::unordered_dense

#endif
