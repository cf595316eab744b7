#include "http/head/addresses.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <fmt/format.h>
#include <netinet/in.h>
#include <stdexcept>

namespace http {

namespace {

constexpr std::size_t mapped_prefix_bytes = 12;
constexpr unsigned address_bits = 128;
constexpr unsigned ipv4_bits = 32;
constexpr auto not_a_network = "\"{}\" is neither an IP address nor a network such as 10.0.0.0/8 or 2001:db8::/32";

constexpr Address mapped(std::array<std::uint8_t, 4> bytes)
{
    return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, bytes[0], bytes[1], bytes[2], bytes[3]};
}

bool is_mapped(const Address& address)
{
    static constexpr auto any = mapped({0, 0, 0, 0});
    return std::equal(any.begin(), any.begin() + mapped_prefix_bytes, address.begin());
}

/// One subscriber has a whole /64 of IPv6 addresses at hand.
Address counted_part(Address address)
{
    if (!is_mapped(address))
        std::fill(address.begin() + 8, address.end(), std::uint8_t{0});
    return address;
}

/// The address with zeros behind the prefix.
Address first_address(Address address, unsigned bits)
{
    for (std::size_t byte = 0; byte < address.size(); ++byte) {
        const auto kept = std::clamp(static_cast<int>(bits) - static_cast<int>(byte) * 8, 0, 8);
        address.at(byte) &= static_cast<std::uint8_t>(0xff00U >> static_cast<unsigned>(kept));
    }
    return address;
}

Address read_address(const std::string& entry, std::size_t length = std::string::npos)
{
    const auto address = parse_address(std::string_view(entry).substr(0, length));
    if (!address)
        throw std::runtime_error(fmt::format(not_a_network, entry));
    return *address;
}

bool equal_bits(const Address& a, const Address& b, unsigned bits)
{
    const unsigned bytes = bits / 8;
    if (!std::equal(a.begin(), a.begin() + bytes, b.begin()))
        return false;
    const unsigned rest = bits % 8;
    return rest == 0 || ((a[bytes] ^ b[bytes]) >> (8 - rest)) == 0;
}

} // namespace

std::optional<Address> parse_address(std::string_view text)
{
    if (text.starts_with('[') && text.ends_with(']'))
        text = text.substr(1, text.size() - 2);
    const std::string terminated(text);
    std::array<std::uint8_t, 4> four{};
    if (inet_pton(AF_INET, terminated.c_str(), four.data()) == 1)
        return mapped(four);
    Address address{};
    if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1)
        return address;
    return std::nullopt;
}

std::string address_text(const Address& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_mapped(address))
        inet_ntop(AF_INET, address.data() + mapped_prefix_bytes, text.data(), text.size());
    else
        inet_ntop(AF_INET6, address.data(), text.data(), text.size());
    return text.data();
}

std::string subscriber_of(std::string_view address)
{
    const auto parsed = parse_address(address);
    if (!parsed)
        return std::string(address);
    return address_text(counted_part(*parsed)) + (is_mapped(*parsed) ? "" : "/64");
}

NetworkList::NetworkList(const std::vector<std::string>& entries)
{
    for (const auto& entry : entries)
        networks_.push_back(
            entry.find('/') == std::string::npos ? Network{read_address(entry), address_bits} : read_network(entry));
}

NetworkList::Network NetworkList::read_network(const std::string& entry)
{
    const auto slash = entry.find('/');
    const Address address = read_address(entry, slash);
    const unsigned most = is_mapped(address) ? ipv4_bits : address_bits;
    const auto bits = base::parse_integer(std::string_view(entry).substr(slash + 1));
    if (!bits)
        throw std::runtime_error(fmt::format(not_a_network, entry));
    if (*bits > most)
        throw std::runtime_error(fmt::format("\"{}\" has a prefix of more than {} bits", entry, most));
    const Network network{address, static_cast<unsigned>(*bits) + address_bits - most};
    const Address first = first_address(address, network.bits);
    if (first != address)
        throw std::runtime_error(fmt::format(
            "\"{}\" has address bits behind its prefix; the network is {}/{}, and a single address has no /", entry,
            address_text(first), *bits));
    return network;
}

bool NetworkList::contains(const Address& address) const
{
    return std::any_of(networks_.begin(), networks_.end(),
        [&](const Network& network) { return equal_bits(network.address, address, network.bits); });
}

ConnectionCounter::Place::~Place()
{
    if (counter_ != nullptr)
        counter_->leave(key_);
}

std::variant<ConnectionCounter::Place, ConnectionLimit> ConnectionCounter::enter(const Address& address, bool is_exempt)
{
    const std::lock_guard lock(mutex_);
    if (total_ > 0 && open_ >= total_)
        return ConnectionLimit::OfAll;
    std::optional<Address> key;
    if (!is_exempt) {
        key = counted_part(address);
        const auto found = counts_.try_emplace(*key, 0).first;
        if (per_address_ > 0 && found->second >= per_address_)
            return ConnectionLimit::OfAddress;
        ++found->second;
    }
    ++open_;
    return Place(*this, key);
}

std::size_t ConnectionCounter::open()
{
    const std::lock_guard lock(mutex_);
    return open_;
}

void ConnectionCounter::leave(const std::optional<Address>& key)
{
    const std::lock_guard lock(mutex_);
    --open_;
    if (!key)
        return;
    const auto found = counts_.find(*key);
    if (found != counts_.end() && --found->second == 0)
        counts_.erase(found);
}

} // namespace http
