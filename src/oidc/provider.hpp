#pragma once

#include "base/time.hpp"
#include "oidc/cached.hpp"
#include "oidc/http_client.hpp"
#include "oidc/id_token.hpp"
#include "oidc/keys.hpp"
#include "oidc/settings.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace oidc {

/// What a sign-in begins with; all of it is random.
struct Departure
{
    std::string state;
    std::string nonce;
    /// PKCE: only its SHA-256 goes along.
    std::string verifier;
    /// The provider is to ask for the password even if it knows the browser.
    bool is_again = false;
};

/// What a browser brings back.
struct Arrival
{
    std::string_view code;
    /// Of the answer (RFC 9207); empty when it names none.
    std::string_view issuer = {};
    std::string_view nonce;
    std::string_view verifier;
};

/// The provider of the settings. Its calls wait for another machine, each at most as long as Settings::timeout: on a
/// lane of their own only. Thread-safe.
class Provider
{
  public:
    Provider(Settings settings, const base::Clock& clock);
    Provider(const Provider&) = delete;
    Provider& operator=(const Provider&) = delete;

    const Settings& settings() const { return settings_; }

    /// Where a browser goes to sign in. Throws Refused(Unavailable).
    std::string departure_url(const Departure& departure);
    /// Whom the provider let in. Throws Refused.
    Identity redeem(const Arrival& arrival);
    /// Ask for the metadata and the keys; returns how many keys can be used. Throws Refused.
    std::size_t probe();

  private:
    /// Its `/.well-known/openid-configuration`.
    struct Metadata
    {
        std::string authorization_endpoint;
        std::string token_endpoint;
        std::string keys_url;
        /// Its answers name it.
        bool names_issuer = false;
        /// The secret goes into the form, because it takes no other way.
        bool takes_secret_in_form = false;
        bool has_group_scope = false;
    };
    Metadata fetch_metadata() const;
    Keys fetch_keys();
    std::string fetch_id_token(const Metadata& metadata, const Arrival& arrival) const;
    void check_signature(const Jws& token);

    const Settings settings_;
    const base::Clock& clock_;
    const HttpClient http_;
    Cached<Metadata> metadata_;
    Cached<Keys> keys_;
};

} // namespace oidc
