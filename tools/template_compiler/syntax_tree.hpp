#pragma once

#include <string>
#include <variant>
#include <vector>

// A template as written, before any decision about HTML contexts. Expressions are C++ text, never looked into.
namespace template_compiler {

struct Node;
using Nodes = std::vector<Node>;

struct Literal
{
    std::string text;
};

/// {{ expr }}; trusted for {{ html expr }}.
struct Print
{
    std::string expression;
    bool trusted = false;
};

struct Branch
{
    std::string condition; // empty for {% else %}
    Nodes body;
};

struct If
{
    std::vector<Branch> branches;
};

struct For
{
    std::string variable;
    std::string range;
    Nodes body;
    bool has_else = false;
    Nodes otherwise;
};

struct Let
{
    std::string name;
    std::string expression;
};

/// Another template's function and its arguments: {% include a/b(x) %}, {% extends a/b(x) %}.
struct Call
{
    std::string path;
    std::string arguments;
};

struct Argument
{
    std::string name;
    std::string expression;
};

/// {% t %} and {% tn %}; `many` is empty for {% t %}.
struct Message
{
    std::string one;
    std::string many;
    /// Tells a translator which of two meanings it has; empty for a message with one.
    std::string context;
    std::vector<Argument> arguments;
};

/// Markup for a placeholder of a sentence.
struct Part
{
    std::string name;
    Nodes body;
};

/// {% sentence %}: a message with markup in its placeholders.
struct Sentence
{
    Message message;
    std::vector<Part> parts;
};

struct Icon
{
    std::string expression; // of type assets::Icon
    std::string size;       // an enumerator of web::IconSize
    bool named = false;     // written as an icon's name, so the generated code needs the enumerators
};

struct IconSymbols
{
};

struct Asset
{
    std::string name;
};

struct Block
{
    std::string name;
    Nodes body;
};

struct Node
{
    int line = 0;
    std::variant<Literal, Print, If, For, Let, Call, Message, Sentence, Icon, IconSymbols, Asset, Block> content;
};

struct Include
{
    int line = 0;
    std::string header;
};

struct Arguments
{
    int line = 0;
    std::string text;
};

struct Extends
{
    int line = 0;
    Call layout; // an empty path: extends nothing
};

struct Template
{
    std::vector<Include> includes;
    Arguments arguments;
    Extends extends;
    Nodes body;
    int last_line = 1;
};

} // namespace template_compiler
