// The part of the libsrtp 3 API which mediasoup-worker uses, on top of libsrtp 2.
//
// Differences between both which matter here:
//  - libsrtp 3 reads one buffer and writes another one, whose capacity it is
//    told; libsrtp 2 works in place and takes it for granted that
//    SRTP_MAX_TRAILER_LEN (+ 4 for RTCP) octets may be written past the packet.
//  - The policy is an opaque object with setters instead of a struct.
//  - srtp_stream_remove() is the new name of srtp_remove_stream(); in both the
//    SSRC is given in network byte order.
//  - There are two new error codes.
// MKI and cryptex (which mediasoup does not use) are refused, not ignored.
#ifndef STUDYHUB_SRTP3_SHIM_H
#define STUDYHUB_SRTP3_SHIM_H

#ifndef __cplusplus
#error "this libsrtp 3 shim is for C++ only"
#endif

// libsrtp 2 has a struct by this name; libsrtp 3 an opaque pointer.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Codes which libsrtp 2 does not have. Values are those of libsrtp 3.
inline constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct srtp3_shim_policy
{
	srtp2_policy_t policy{};
	unsigned char key[SRTP_MAX_KEY_LEN]{};
	srtp_profile_t profile{ srtp_profile_reserved };
	bool has_key{ false };
};

using srtp_policy_t = srtp3_shim_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	if (policy == nullptr)
		return srtp_err_status_bad_param;
	*policy = new (std::nothrow) srtp3_shim_policy;
	return *policy != nullptr ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy == nullptr)
		return;
	// Don't leave key material in freed memory.
	volatile unsigned char* p = policy->key;
	for (size_t i = 0; i < sizeof(policy->key); ++i)
		p[i] = 0;
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	if (policy == nullptr)
		return srtp_err_status_bad_param;
	policy->policy.ssrc = ssrc;
	return srtp_err_status_ok;
}

// NOTE: for aes128_cm_sha1_32 libsrtp 2 and 3 use an 80 bits tag in RTCP (RFC 5764).
inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	if (policy == nullptr)
		return srtp_err_status_bad_param;
	srtp_err_status_t err = srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);
	if (err != srtp_err_status_ok)
		return err;
	err = srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
	if (err != srtp_err_status_ok)
		return err;
	policy->profile = profile;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t key_len,
  const uint8_t* salt,
  size_t salt_len,
  const uint8_t* mki,
  size_t mki_len)
{
	if (policy == nullptr || key == nullptr || salt == nullptr || policy->has_key)
		return srtp_err_status_bad_param;
	// No MKI.
	if (mki != nullptr || mki_len != 0)
		return srtp_err_status_bad_param;
	// The profile must be set first, and the lengths must be its own.
	if (
	  policy->profile == srtp_profile_reserved ||
	  key_len != srtp_profile_get_master_key_length(policy->profile) ||
	  salt_len != srtp_profile_get_master_salt_length(policy->profile) ||
	  key_len + salt_len > sizeof(policy->key))
		return srtp_err_status_bad_param;
	// libsrtp 2 wants master key and master salt in one.
	std::memcpy(policy->key, key, key_len);
	std::memcpy(policy->key + key_len, salt, salt_len);
	policy->has_key = true;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	if (policy == nullptr)
		return srtp_err_status_bad_param;
	policy->policy.allow_repeat_tx = allow ? 1 : 0;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t window_size)
{
	if (policy == nullptr)
		return srtp_err_status_bad_param;
	policy->policy.window_size = static_cast<unsigned long>(window_size);
	return srtp_err_status_ok;
}

// An overload of srtp_create() of libsrtp 2 (which copies what it needs of the key).
inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	if (session == nullptr || policy == nullptr || !policy->has_key)
		return srtp_err_status_bad_param;
	srtp2_policy_t p = policy->policy;
	p.key            = policy->key;
	p.next           = nullptr;
	return srtp_create(session, static_cast<const srtp2_policy_t*>(&p));
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

namespace srtp3_shim
{
	// Puts the packet where libsrtp 2 can transform it in place.
	inline srtp_err_status_t prepare(
	  const uint8_t* in, size_t in_len, uint8_t* out, const size_t* out_len, size_t trailer_len, int* len)
	{
		if (in == nullptr || out == nullptr || out_len == nullptr)
			return srtp_err_status_bad_param;
		if (in_len > static_cast<size_t>(INT_MAX) - trailer_len)
			return srtp_err_status_bad_param;
		if (*out_len < in_len + trailer_len)
			return srtp_err_status_buffer_small;
		if (out != in)
			std::memmove(out, in, in_len);
		*len = static_cast<int>(in_len);
		return srtp_err_status_ok;
	}
} // namespace srtp3_shim

// Overloads of the libsrtp 2 functions of the same name.

inline srtp_err_status_t srtp_protect(
  srtp_t ctx, const uint8_t* rtp, size_t rtp_len, uint8_t* srtp, size_t* srtp_len, size_t mki_index)
{
	int len{ 0 };
	if (mki_index != 0)
		return srtp_err_status_bad_mki;
	srtp_err_status_t err =
	  srtp3_shim::prepare(rtp, rtp_len, srtp, srtp_len, SRTP_MAX_TRAILER_LEN, &len);
	if (err != srtp_err_status_ok)
		return err;
	err = srtp_protect(ctx, static_cast<void*>(srtp), &len);
	if (err == srtp_err_status_ok)
		*srtp_len = static_cast<size_t>(len);
	return err;
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t ctx, const uint8_t* srtp, size_t srtp_len, uint8_t* rtp, size_t* rtp_len)
{
	int len{ 0 };
	srtp_err_status_t err = srtp3_shim::prepare(srtp, srtp_len, rtp, rtp_len, 0, &len);
	if (err != srtp_err_status_ok)
		return err;
	err = srtp_unprotect(ctx, static_cast<void*>(rtp), &len);
	if (err == srtp_err_status_ok)
		*rtp_len = static_cast<size_t>(len);
	return err;
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t ctx, const uint8_t* rtcp, size_t rtcp_len, uint8_t* srtcp, size_t* srtcp_len, size_t mki_index)
{
	int len{ 0 };
	if (mki_index != 0)
		return srtp_err_status_bad_mki;
	srtp_err_status_t err =
	  srtp3_shim::prepare(rtcp, rtcp_len, srtcp, srtcp_len, SRTP_MAX_TRAILER_LEN + 4, &len);
	if (err != srtp_err_status_ok)
		return err;
	err = srtp_protect_rtcp(ctx, static_cast<void*>(srtcp), &len);
	if (err == srtp_err_status_ok)
		*srtcp_len = static_cast<size_t>(len);
	return err;
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t ctx, const uint8_t* srtcp, size_t srtcp_len, uint8_t* rtcp, size_t* rtcp_len)
{
	int len{ 0 };
	srtp_err_status_t err = srtp3_shim::prepare(srtcp, srtcp_len, rtcp, rtcp_len, 0, &len);
	if (err != srtp_err_status_ok)
		return err;
	err = srtp_unprotect_rtcp(ctx, static_cast<void*>(rtcp), &len);
	if (err == srtp_err_status_ok)
		*rtcp_len = static_cast<size_t>(len);
	return err;
}

#endif
