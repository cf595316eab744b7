#pragma once

#include "http/request.hpp"
#include "http/response.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace web {

/// Who may use a route. Customer pages send staff to their own side; everybody below the level gets 403, guests sign
/// in.
enum class Access : std::uint8_t
{
    Public,
    SignedIn,
    Customer,
    Staff,
    Supervisor,
    Administrator
};

/// Where the handler runs. Inline: on the io thread, for pages that never wait (no database when there is no session
/// cookie). Password: hashes passwords. Transfer: fetches files, maybe from another machine, and must not hold the
/// snapshot meanwhile.
enum class Lane : std::uint8_t
{
    Inline,
    Read,
    Write,
    Heavy,
    Password,
    /// Passwords of guests with an unknown browser. No route names it: the pipeline chooses it instead of Password, so
    /// that a flood of guesses holds up nobody else.
    Guess,
    Transfer,
    /// Asks the OpenID provider: while that hangs, only sign-ins there wait.
    Provider,
    /// For the leak report alone: it is answered while all other lanes are full.
    Emergency
};

/// Session: the form's token must belong to the visitor's cookie or be sealed for the visitor, as in a page from before
/// the last sign-in. SameOrigin: what the browser itself says comes from this site needs no token (the sign-in page,
/// whose cookie ends with the first of two tabs that sign in). Origin: only what another site sends is refused, for
/// forms that must work without cookies and for a GET that leaves a trace (the export). Guest: only what the browser
/// itself calls foreign is refused, and with a foreign Origin the visitor counts as a guest (the leak report). Nothing:
/// the secret in the address is enough, from wherever it is sent, and the visitor counts as a guest (a link that mail
/// programs follow themselves).
enum class FormToken : std::uint8_t
{
    Session,
    SameOrigin,
    Origin,
    Guest,
    Nothing
};

/// What the route takes as a body.
enum class Body : std::uint8_t
{
    Fields,
    Files
};

using Handler = std::function<http::Response(Context&)>;

/// One line of routes.cpp.
struct Route
{
    http::Method method;
    /// Segments in braces are values: "/service/{id}/".
    std::string_view pattern;
    Access access;
    Lane lane;
    Handler handler;
    Body body = Body::Fields;
    FormToken token = FormToken::Session;
};

struct Match
{
    const Route* route = nullptr;
    std::vector<std::pair<std::string, std::string>> values;
};

/// The table of all routes; immutable after construction, thread-safe.
class Router
{
  public:
    /// A pattern begins with a name: throws std::logic_error for one that begins with a value.
    explicit Router(std::vector<Route> routes);
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    /// The route for the path, HEAD counting as GET; nothing when no pattern fits.
    std::optional<Match> find(http::Method method, std::string_view path) const;
    /// Methods that the path has, "GET, HEAD" style, empty when the path is unknown: for 405 and 404.
    std::string allowed_methods(std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

  private:
    /// What a pattern and each path that fits it have in common.
    struct Shape
    {
        std::string_view first_segment;
        std::size_t slashes = 0;
        bool operator==(const Shape&) const = default;
    };
    struct ShapeHash
    {
        std::size_t operator()(const Shape& shape) const;
    };
    static Shape shape_of(std::string_view path);
    /// A route with what its paths begin and end with, so that most others are ruled out by two comparisons.
    struct Candidate
    {
        const Route* route;
        std::string_view head;
        std::string_view tail;
        bool fits(std::string_view path, std::vector<std::pair<std::string, std::string>>& values) const;
    };
    static Candidate candidate_of(const Route& route);
    /// The routes that may fit, in the order of the table.
    const std::vector<Candidate>& candidates(std::string_view path) const;

    std::vector<Route> routes_;
    std::unordered_map<Shape, std::vector<Candidate>, ShapeHash> by_shape_;
};

/// True when `pattern` fits; fills in the values.
bool fits(std::string_view pattern, std::string_view path, std::vector<std::pair<std::string, std::string>>& values);

} // namespace web
