#include "web/router.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace web {

namespace {

std::string_view next_segment(std::string_view& rest)
{
    rest.remove_prefix(1);
    const auto end = rest.find('/');
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
    return segment;
}

/// Whether all names are the same and each value has something. Most routes are ruled out here, which costs nothing.
bool has_shape(std::string_view pattern, std::string_view path)
{
    while (!pattern.empty() && !path.empty()) {
        const std::string_view wanted = next_segment(pattern);
        const std::string_view given = next_segment(path);
        if (wanted.starts_with('{') ? given.empty() : wanted != given)
            return false;
    }
    return pattern.empty() && path.empty();
}

bool same_method(http::Method wanted, http::Method asked)
{
    return wanted == asked || (wanted == http::Method::Get && asked == http::Method::Head);
}

} // namespace

bool fits(std::string_view pattern, std::string_view path, std::vector<std::pair<std::string, std::string>>& values)
{
    values.clear();
    if (!has_shape(pattern, path))
        return false;
    while (!pattern.empty()) {
        const std::string_view wanted = next_segment(pattern);
        const std::string_view given = next_segment(path);
        if (!wanted.starts_with('{'))
            continue;
        // No address of ours holds such bytes, and PostgreSQL refuses to look for them.
        if (!base::is_valid_utf8(given) || base::has_control_characters(given))
            return false;
        values.emplace_back(wanted.substr(1, wanted.size() - 2), given);
    }
    return true;
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes))
{
    for (const Route& route : routes_) {
        const Shape shape = shape_of(route.pattern);
        if (shape.first_segment.starts_with('{'))
            throw std::logic_error("a route begins with a value");
        by_shape_[shape].push_back(candidate_of(route));
    }
}

std::size_t Router::ShapeHash::operator()(const Shape& shape) const
{
    return std::hash<std::string_view>()(shape.first_segment) + shape.slashes;
}

Router::Shape Router::shape_of(std::string_view path)
{
    const auto slashes = static_cast<std::size_t>(std::ranges::count(path, '/'));
    return {.first_segment = path.empty() ? path : next_segment(path), .slashes = slashes};
}

Router::Candidate Router::candidate_of(const Route& route)
{
    const std::string_view pattern = route.pattern;
    const auto first_value = pattern.find('{');
    const auto last_value = pattern.rfind('}');
    return {.route = &route,
        .head = pattern.substr(0, first_value),
        .tail = last_value == std::string_view::npos ? std::string_view() : pattern.substr(last_value + 1)};
}

bool Router::Candidate::fits(std::string_view path, std::vector<std::pair<std::string, std::string>>& values) const
{
    return path.starts_with(head) && path.ends_with(tail) && web::fits(route->pattern, path, values);
}

const std::vector<Router::Candidate>& Router::candidates(std::string_view path) const
{
    static const std::vector<Candidate> none;
    const auto found = by_shape_.find(shape_of(path));
    return found == by_shape_.end() ? none : found->second;
}

std::optional<Match> Router::find(http::Method method, std::string_view path) const
{
    Match match;
    for (const Candidate& candidate : candidates(path)) {
        if (same_method(candidate.route->method, method) && candidate.fits(path, match.values)) {
            match.route = candidate.route;
            return match;
        }
    }
    return std::nullopt;
}

std::string Router::allowed_methods(std::string_view path) const
{
    std::string allowed;
    std::vector<std::pair<std::string, std::string>> values;
    for (const Candidate& candidate : candidates(path)) {
        if (!candidate.fits(path, values))
            continue;
        allowed += allowed.empty() ? "" : ", ";
        allowed += candidate.route->method == http::Method::Get ? "GET, HEAD" : "POST";
    }
    return allowed;
}

} // namespace web
