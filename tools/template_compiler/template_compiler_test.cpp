#include "template_compiler/compiler.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using template_compiler::compile;
using template_compiler::File;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// The error for a template of this text, or "" when it compiles.
std::string error_of(const std::string& text)
{
    const auto errors = compile({{"x.html", text}}, "templates").errors;
    return errors.empty() ? "" : errors.front();
}

/// The C++ of the last of these templates.
std::string code_of(const std::vector<File>& templates)
{
    const auto result = compile(templates, "templates");
    EXPECT_THAT(result.errors, IsEmpty());
    const auto wanted = templates.back().path + ".cpp";
    for (const auto& file : result.files) {
        if (file.path == wanted)
            return file.text;
    }
    return "";
}

std::string code_of(const std::string& text)
{
    return code_of({{"x.html", text}});
}

/// The same for a text template.
std::string code_of_text(const std::string& text)
{
    return code_of({{"x.txt", text}});
}

} // namespace

TEST(TemplateCompiler, WritesATextAsItIs)
{
    EXPECT_THAT(code_of_text("a < b  {{ c }}\n\n  d\n"),
        AllOf(HasSubstr("x([[maybe_unused]] ::i18n::PlainText& out)"), HasSubstr("out.raw(\"a < b  \");"),
            HasSubstr("out.text(c);"), HasSubstr("out.raw(\"\\n\"\n        \"\\n\"\n        \"  d\");")));
    EXPECT_THAT(
        code_of_text("{% t \"Hello {name}\" name=a %}"), AllOf(HasSubstr("out.message("), HasSubstr("out.text(a);")));
}

TEST(TemplateCompiler, LeavesNoLineOfADirectiveInAText)
{
    const std::string code =
        code_of_text("{% args bool b %}\n{# note #}\na\n  {% if b %}\nb\n{% else %}\nc\n{% end %}\nd\n");
    EXPECT_THAT(code, AllOf(HasSubstr("out.raw(\"a\\n\");\n#line 4"), HasSubstr("out.raw(\"b\\n\");"),
                          HasSubstr("out.raw(\"c\\n\");"), HasSubstr("out.raw(\"d\");")));
    EXPECT_THAT(code_of_text("a\n{% t \"b\" %}\nc"), HasSubstr("out.raw(\"\\n\"\n        \"c\");"));
}

TEST(TemplateCompiler, LetsAPageAndATextHaveOneName)
{
    const auto result = compile({{"a/x.html", "<p>{% include a/y() %}</p>"}, {"a/x.txt", "{% include a/y() %}"},
                                    {"a/y.html", "<b>y</b>"}, {"a/y.txt", "y"}},
        "templates");
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.files.size(), 8U);
}

TEST(TemplateCompiler, RefusesMarkupInAText)
{
    for (const char* text : {"{{ html a }}", "{% icon send %}", "{% icons %}", "{% asset \"app.css\" %}",
             "{% block b %}{% end %}", "{% extends y() %}"})
        EXPECT_THAT(compile({{"x.txt", text}, {"y.txt", ""}}, "templates").errors,
            ElementsAre(StartsWith("templates/x.txt:1: ")))
            << text;
}

TEST(TemplateCompiler, QuestionMarksMakeNoTrigraph)
{
    EXPECT_THAT(code_of("<p>What?\?=</p>"), HasSubstr("What?\\?="));
}

TEST(TemplateCompiler, ChoosesTheEscapingByThePlaceInTheHtml)
{
    EXPECT_THAT(code_of("<p>{{ a }}</p>"), HasSubstr("::web::text(out, a);"));
    EXPECT_THAT(code_of("<title>{{ a }}</title>"), HasSubstr("::web::isolated_text(out, a);"));
    EXPECT_THAT(code_of("<textarea>{{ a }}</textarea>"), HasSubstr("out.text(a);"));
    EXPECT_THAT(code_of("<p title=\"{{ a }}\"></p>"), HasSubstr("out.attribute(a);"));
    EXPECT_THAT(code_of("<p data-x='{{ a }}'></p>"), HasSubstr("out.attribute(a);"));
    EXPECT_THAT(code_of("<a href=\"{{ a }}\"></a>"), HasSubstr("out.url(a);"));
    EXPECT_THAT(code_of("<p data-live-url=\"{{ a }}\"></p>"), HasSubstr("out.url(a);"));
    EXPECT_THAT(code_of("<a href=\"/{{ a }}\"></a>"), HasSubstr("out.url_first_part(a);"));
    EXPECT_THAT(code_of("<a href=\"/x/{{ a }}/\"></a>"), HasSubstr("out.url_part(a);"));
    EXPECT_THAT(code_of("<a href=\"?q={{ a }}\"></a>"), HasSubstr("out.url_part(a);"));
    EXPECT_THAT(code_of("<a href=\"https://x.example/{{ a }}\"></a>"), HasSubstr("out.url_part(a);"));
    EXPECT_THAT(code_of("<a href=\"tel:{{ a }}\"></a>"), HasSubstr("out.url_address(a);"));
    EXPECT_THAT(
        code_of("<a href=\"{{ a }}?q={{ b }}\"></a>"), AllOf(HasSubstr("out.url(a);"), HasSubstr("out.url_part(b);")));
    EXPECT_THAT(code_of("<p>{{ html a }}</p>"), HasSubstr("out.safe(a);"));
}

TEST(TemplateCompiler, IsolatesWordsThatTurnTheReadingOrder)
{
    EXPECT_THAT(code_of("<h1 dir=\"auto\">{{ a }}</h1><p>{{ b }}</p>"),
        AllOf(HasSubstr("out.text(a);"), HasSubstr("::web::text(out, b);")));
    EXPECT_THAT(code_of("<h1 dir=\"auto\"><b>{{ a }}</b></h1>"), HasSubstr("::web::text(out, a);"));
    EXPECT_THAT(code_of("<h1 dir=\"ltr\">{{ a }}</h1>"), HasSubstr("::web::text(out, a);"));
    EXPECT_THAT(code_of("<p>{% t \"{n} came\" n=a %}</p>"), HasSubstr("::web::text(out, a);"));
    EXPECT_THAT(code_of("<p title=\"{% t \"{n} came\" n=a %}\"></p>"), HasSubstr("::web::isolated_text(out, a);"));
    EXPECT_THAT(code_of("<title>{% t \"{n} came\" n=a %}</title>"), HasSubstr("::web::isolated_text(out, a);"));
}

TEST(TemplateCompiler, FollowsUrlsThroughBranches)
{
    EXPECT_THAT(code_of("<a href=\"/x/{% if a %}?p={{ a }}{% end %}\"></a>"), HasSubstr("out.url_part(a);"));
    EXPECT_THAT(code_of("<a href=\"{% if a %}/a{% else %}/b{% end %}\"></a>"), HasSubstr("/a"));
    EXPECT_THAT(error_of("<a href=\"{% if a %}/a/{% end %}{{ b }}\"></a>"), HasSubstr("depends on a directive"));
    EXPECT_THAT(error_of("<a href=\"{% if a %}javascript:{% end %}{{ b }}\"></a>"), HasSubstr("scheme"));
    EXPECT_THAT(
        error_of("<a href=\"{% for p in parts %}/{{ p }}{% end %}\"></a>"), HasSubstr("depends on a directive"));
}

TEST(TemplateCompiler, RefusesUrlsWhoseSchemeOrHostIsDynamic)
{
    EXPECT_THAT(error_of("<a href=\"javascript:{{ a }}\"></a>"), HasSubstr("scheme"));
    EXPECT_THAT(error_of("<a href=\"javascript:void(0)\"></a>"), HasSubstr("script"));
    EXPECT_THAT(error_of("<a href=\"java\nscript:x\"></a>"), HasSubstr("script"));
    EXPECT_THAT(error_of("<a href=\"data:{{ a }}\"></a>"), HasSubstr("scheme"));
    EXPECT_THAT(error_of("<a href=\"{{ a }}:{{ b }}\"></a>"), HasSubstr("':'"));
    EXPECT_THAT(error_of("<a href=\"java{{ a }}:alert\"></a>"), HasSubstr("':'"));
    EXPECT_THAT(error_of("<a href=\"//{{ a }}/x\"></a>"), HasSubstr("server's name"));
    EXPECT_THAT(error_of("<a href=\"/\\{{ a }}/x\"></a>"), HasSubstr("server's name"));
    EXPECT_THAT(error_of("<a href=\"https://{{ a }}/x\"></a>"), HasSubstr("server's name"));
    EXPECT_THAT(error_of("<script src=\"{{ a }}\"></script>"), HasSubstr("{% asset"));
    EXPECT_THAT(error_of("<a href=\"{% t \"x\" %}\"></a>"), HasSubstr("message"));
}

TEST(TemplateCompiler, RefusesPlacesThatCannotBeEscaped)
{
    EXPECT_THAT(error_of("<p title={{ a }}></p>"), HasSubstr("not quoted"));
    EXPECT_THAT(error_of("<p title=a></p>"), HasSubstr("not quoted"));
    EXPECT_THAT(error_of("<p onclick=\"x\"></p>"), HasSubstr("onclick"));
    EXPECT_THAT(error_of("<p onclick></p>"), HasSubstr("onclick"));
    EXPECT_THAT(error_of("<p style=\"x\"></p>"), HasSubstr("style"));
    EXPECT_THAT(error_of("<style>p{}</style>"), HasSubstr("<style>"));
    EXPECT_THAT(error_of("<script>x</script>"), HasSubstr("inline scripts"));
    EXPECT_THAT(error_of("<script src=\"/a.js\">x</script>"), HasSubstr("inline scripts"));
    EXPECT_THAT(error_of("<script src=\"/a.js\">{{ a }}</script>"), HasSubstr("dynamic"));
    EXPECT_THAT(error_of("<iframe srcdoc=\"{{ a }}\"></iframe>"), HasSubstr("srcdoc"));
    EXPECT_THAT(error_of("<img srcset=\"{{ a }} 2x\">"), HasSubstr("srcset"));
    EXPECT_THAT(error_of("<{{ a }}>"), HasSubstr("'<'"));
    EXPECT_THAT(error_of("<h{{ a }}>"), HasSubstr("dynamic tag or attribute name"));
    EXPECT_THAT(error_of("<p {{ a }}></p>"), HasSubstr("dynamic tag or attribute name"));
    EXPECT_THAT(error_of("<p data-{{ a }}=\"\"></p>"), HasSubstr("dynamic tag or attribute name"));
    EXPECT_THAT(error_of("<!-- {{ a }} -->"), HasSubstr("comment"));
    EXPECT_THAT(error_of("<!-- {% if a %}{% end %} -->"), HasSubstr("comment"));
    EXPECT_THAT(error_of("<svg><animate to=\"{{ a }}\"/></svg>"), HasSubstr("rewrite"));
    EXPECT_THAT(error_of("<meta http-equiv=\"refresh\" content=\"0\">"), HasSubstr("refresh"));
    EXPECT_THAT(error_of("<title>{{ html a }}</title>"), HasSubstr("only allowed in text"));
    EXPECT_THAT(error_of("<p title=\"{% icon send %}\"></p>"), HasSubstr("only allowed in text"));
    EXPECT_THAT(error_of("<textarea><b></textarea>"), HasSubstr("cannot contain tags"));
}

TEST(TemplateCompiler, RefusesNamesPiecedTogetherFromBranches)
{
    EXPECT_THAT(error_of("<p {% if a %}o{% end %}nclick=\"x\"></p>"), HasSubstr("space is missing"));
    EXPECT_THAT(error_of("<p{% if a %}x{% end %}></p>"), HasSubstr("space is missing"));
    EXPECT_THAT(error_of("<p {% for a in b %}a=\"1\"{% end %}></p>"), HasSubstr("space is missing"));
    EXPECT_THAT(error_of("<p {% if a %}hidden{% end %}=\"x\"></p>"), HasSubstr("space is missing"));
    EXPECT_EQ(error_of("<p {% if a %}hidden{% end %}></p>"), "");
    EXPECT_EQ(error_of("<p{% if a %} hidden{% end %} class=\"x\"></p>"), "");
    EXPECT_EQ(error_of("<p{% if a %} aria-current=\"page\"{% elif b %} hidden{% end %}></p>"), "");
}

TEST(TemplateCompiler, RefusesUnbalancedTags)
{
    EXPECT_THAT(error_of("<p>"), HasSubstr("<p> is not closed"));
    EXPECT_THAT(error_of("</p>"), HasSubstr("closes nothing"));
    EXPECT_THAT(error_of("<b><i></b></i>"), HasSubstr("<i> is open"));
    EXPECT_THAT(error_of("<p"), HasSubstr("ends inside the tag"));
    EXPECT_THAT(error_of("<p title=\"x>"), HasSubstr("ends in the value of 'title'"));
    EXPECT_THAT(error_of("<div/>"), HasSubstr("slash"));
    EXPECT_THAT(error_of("{% if a %}<b>{% end %}</b>"), HasSubstr("can end"));
    EXPECT_THAT(error_of("{% if a %}<b>{% else %}<i>{% end %}"), HasSubstr("can end"));
    EXPECT_THAT(error_of("{% for a in b %}<li>{% end %}"), HasSubstr("can end"));
    EXPECT_THAT(error_of("<p title=\"{% if a %}\"{% end %}></p>"), HasSubstr("can end"));
    EXPECT_EQ(error_of("<br><img src=\"/x\"/><svg><path d=\"M0\"/></svg>"), "");
}

TEST(TemplateCompiler, NamesFileAndLineOfAMistake)
{
    EXPECT_THAT(error_of("a\n<p>\n{% frob %}\n</p>"), StartsWith("templates/x.html:3: unknown directive 'frob'"));
    EXPECT_THAT(error_of("a\n{% if a %}\nb"), StartsWith("templates/x.html:2: 'if' of line 2 has no {% end %}"));
    EXPECT_THAT(error_of("\n{% end %}"), StartsWith("templates/x.html:2: "));
    EXPECT_THAT(error_of("\n\n{{ a "), StartsWith("templates/x.html:3: "));
    EXPECT_THAT(error_of("<p>\n<b onclick=\"\">"), StartsWith("templates/x.html:2: "));
    EXPECT_THAT(error_of("{% if a %}{% else if b %}{% end %}"), HasSubstr("write elif"));
    EXPECT_THAT(error_of("{% if %}{% end %}"), HasSubstr("no condition"));
    EXPECT_THAT(error_of("{% for a of b %}{% end %}"), HasSubstr("for name in"));
    EXPECT_THAT(error_of("{% for a in b %}{% elif c %}{% end %}"), HasSubstr("'for' of line 1 has no {% end %}"));
    EXPECT_THAT(error_of("{{ }}"), HasSubstr("empty"));
    EXPECT_THAT(error_of("{% include nowhere/x() %}"), HasSubstr("no template 'nowhere/x'"));
    EXPECT_THAT(error_of("{% extends nowhere %}"), HasSubstr("no template 'nowhere'"));
    EXPECT_THAT(error_of("{% extends x %}"), HasSubstr("extends itself"));
    EXPECT_THAT(error_of("{% args int a %}{% args int b %}"), HasSubstr("already"));
    EXPECT_THAT(error_of("{% block a %}{% end %}\n{% block a %}{% end %}"), HasSubstr("already"));
    EXPECT_THAT(error_of("{% icon send xl %}"), HasSubstr("no icon size"));
}

TEST(TemplateCompiler, PointsTheCppCompilerAtTheTemplate)
{
    EXPECT_THAT(code_of("<p>\n\n{{ a }}</p>"), HasSubstr("#line 3 \"templates/x.html\"\n::web::text(out, a);"));
    EXPECT_THAT(code_of("\n{% if\n a %}{% end %}"), HasSubstr("#line 2 \"templates/x.html\"\nif (a)"));
}

TEST(TemplateCompiler, CutsExpressionsAtTheRightBracket)
{
    EXPECT_THAT(code_of("{{ f({{1}}) }}"), HasSubstr("::web::text(out, f({{1}}));"));
    EXPECT_THAT(code_of("{{ f(\"}}\") }}"), HasSubstr("::web::text(out, f(\"}}\"));"));
    EXPECT_THAT(code_of("{% if c == '%' %}{% end %}"), HasSubstr("if (c == '%')"));
    EXPECT_THAT(code_of("{# it's }} %} #}x"), HasSubstr("out.raw(\"x\");"));
}

TEST(TemplateCompiler, ChecksPlaceholdersOfMessages)
{
    EXPECT_THAT(error_of("{% t \"a {b}\" %}"), HasSubstr("{b} has no argument"));
    EXPECT_THAT(error_of("{% t \"a\" b=1 %}"), HasSubstr("'b' has no placeholder"));
    EXPECT_THAT(error_of("{% t \"a {\" %}"), HasSubstr("placeholder"));
    EXPECT_THAT(error_of("{% t \"{a}\" a=1, a=2 %}"), HasSubstr("twice"));
    EXPECT_THAT(error_of("{% t x %}"), HasSubstr("quoted"));
    EXPECT_THAT(error_of("{% tn \"a\" \"b\" %}"), HasSubstr("count"));
    EXPECT_THAT(error_of("{% tn \"a\" \"b {m}\" n=1 %}"), HasSubstr("{m} has no argument"));
    EXPECT_EQ(error_of("{% tn \"one\" \"many\" n=1 %}"), "");
    EXPECT_EQ(error_of("{% t \"{a} of {b}\" a=f(1, 2), b=\"x,y\" %}"), "");
}

TEST(TemplateCompiler, FillsThePlaceholdersOfASentenceWithMarkup)
{
    const auto code =
        code_of("<p>{% sentence \"Call {link}, {n} times.\" n=a %}\n {% part link %}\n <a href=\"/x\">us</a>\n"
                " {% end %}\n{% end %}</p>");
    EXPECT_THAT(code, HasSubstr("out.message(out.translate(\"Call {link}, {n} times.\")"));
    EXPECT_THAT(code, HasSubstr("::web::text(out, a);"));
    EXPECT_THAT(code, HasSubstr("if (placeholder_name == \"link\") {\nout.raw(\"<a href=\\\"/x\\\">us</a>\");"));
    const auto error = [](const std::string& inside) {
        return error_of("{% sentence \"a {b}\" %}" + inside + "{% end %}");
    };
    EXPECT_EQ(error("{% part b %}<b>x</b>{% end %}"), "");
    EXPECT_THAT(error(""), HasSubstr("{b} has no argument"));
    EXPECT_THAT(error("{% part b %}x{% end %}{% part c %}y{% end %}"), HasSubstr("the part 'c' has no placeholder"));
    EXPECT_THAT(error("{% part b %}x{% end %} and more"), HasSubstr("only parts stand in a sentence"));
    EXPECT_THAT(error("{% part b %}<b>{% end %}"), HasSubstr("part 'b' can end"));
    EXPECT_THAT(
        error_of("<p title=\"{% sentence \"{b}\" %}{% part b %}x{% end %}{% end %}\"></p>"), HasSubstr("'sentence'"));
}

TEST(TemplateCompiler, KeepsMessagesOfDifferentContextsApart)
{
    EXPECT_THAT(code_of("{% t \"Open\" context=\"verb\" %}"), HasSubstr(R"(out.translate_in("verb" "\4" "Open", 5))"));
    const auto pot = compile({{"x.html", "{% t \"Open\" context=\"verb\" %}{% t \"Open\" %}"}}, "templates").pot;
    EXPECT_THAT(pot, HasSubstr("\n#: templates/x.html:1\nmsgid \"Open\"\nmsgstr \"\"\n"));
    EXPECT_THAT(pot, HasSubstr("\n#: templates/x.html:1\nmsgctxt \"verb\"\nmsgid \"Open\"\nmsgstr \"\"\n"));
    EXPECT_THAT(error_of("{% t \"Open\" context=verb %}"), HasSubstr("quoted"));
    EXPECT_THAT(error_of("{% tn \"1 day\" \"{n} days\" n=d, context=\"x\" %}"), HasSubstr("without plural"));
}

TEST(TemplateCompiler, JoinsTheLinesOfAMessageByOneBlank)
{
    EXPECT_THAT(code_of("{% t \"Call us:\n     day or \n\n night.\" %}"),
        HasSubstr("out.translate(\"Call us: day or night.\")"));
    EXPECT_THAT(code_of("{% tn \"One\n day\" \"{n}\n days\"\n n=d %}"), HasSubstr("(\"One day\", \"{n} days\", d)"));
    EXPECT_THAT(code_of("{% t \"Call {a}\n or {b}.\" a=1,\n b=2 %}"), HasSubstr("\"Call {a} or {b}.\""));
}

TEST(TemplateCompiler, CollectsMessagesSortedWithTheirPlaces)
{
    const auto pot = compile({{"b.html", "{% t \"Zoo\" %}\n{% t \"Say \\\"hi\\\" {x}\" x=1 %}"},
                                 {"a/c.html", "{% t \"Zoo\" %}{% tn \"1 day\" \"{n} days\" n=d %}"}},
        "templates")
                         .pot;

    EXPECT_THAT(
        pot, HasSubstr("\n#: templates/a/c.html:1\n#, python-brace-format\nmsgid \"1 day\"\nmsgid_plural \"{n} days\"\n"
                       "msgstr[0] \"\"\nmsgstr[1] \"\"\n"
                       "\n#: templates/b.html:2\n#, python-brace-format\nmsgid \"Say \\\"hi\\\" {x}\"\nmsgstr \"\"\n"
                       "\n#: templates/a/c.html:1 templates/b.html:1\nmsgid \"Zoo\"\nmsgstr \"\"\n"));
}

TEST(TemplateCompiler, RefusesTwoPluralsOfOneMessage)
{
    EXPECT_THAT(error_of("{% tn \"1 day\" \"{n} days\" n=d %}\n{% tn \"1 day\" \"{n} dayz\" n=d %}"),
        StartsWith("templates/x.html:2: the message \"1 day\" has the plural"));
}

TEST(TemplateCompiler, RefusesUnknownAndRepeatedBlocks)
{
    const File layout{"base.html", "<title>{% block title %}{% end %}</title>"};
    const auto error = [&](const std::string& text) {
        const auto errors = compile({layout, {"x.html", text}}, "templates").errors;
        return errors.empty() ? "" : errors.front();
    };

    EXPECT_THAT(error("{% extends base %}\n{% block body %}{% end %}"),
        StartsWith("templates/x.html:2: the layout 'base' has no block 'body'"));
    EXPECT_THAT(error("{% extends base %}{% block title %}{% end %}{% block title %}{% end %}"), HasSubstr("twice"));
    EXPECT_THAT(error("{% extends base %}\ntext"), HasSubstr("content outside the blocks"));
    EXPECT_THAT(error("{% extends base %}{% block title %}<b></b>{% end %}"), HasSubstr("cannot contain tags"));
    EXPECT_THAT(
        error("{% extends base %}{% block title %}{% icon send %}{% end %}"), HasSubstr("only allowed in text"));
    EXPECT_EQ(error("{% extends base %}\n{# note #}\n{% let a = 1 %}{% block title %}{{ a }}{% end %}"), "");
}

TEST(TemplateCompiler, RefusesABlockThatEndsElsewhereThanItBegan)
{
    const auto errors = compile({{"base.html", "<p class=\"{% block c %}{% end %}\">{% block b %}{% end %}</p>"},
                                    {"x.html", "{% extends base %}{% block c %}\"{% end %}"},
                                    {"y.html", "{% extends base %}{% block b %}<i>{% end %}"}},
        "templates")
                            .errors;

    EXPECT_THAT(errors, ElementsAre(HasSubstr("block 'c' can end"), HasSubstr("block 'b' can end")));
}

TEST(TemplateCompiler, ReportsOneMistakeATemplateAndWritesNothing)
{
    const auto result = compile({{"a.html", "<p>"}, {"b.html", "</p>"}, {"c.html", "{% include a() %}"}}, "t");

    EXPECT_THAT(result.errors, ElementsAre(StartsWith("t/a.html:1:"), StartsWith("t/b.html:1:")));
    EXPECT_THAT(result.files, IsEmpty());
}

TEST(TemplateCompiler, RefusesNamesThatCppCannotHave)
{
    const auto error = [](const std::string& path) { return compile({{path, ""}}, "t").errors; };

    EXPECT_THAT(error("new.html"), ElementsAre(HasSubstr("'new' cannot name")));
    EXPECT_THAT(error("status-pill.html"), ElementsAre(HasSubstr("'status-pill' cannot name")));
    EXPECT_THAT(error("errors/404.html"), ElementsAre(HasSubstr("'404' cannot name")));
    EXPECT_THAT(compile({{"a/b/c.html", ""}, {"a_b/c.html", ""}}, "t").errors, ElementsAre(HasSubstr("rename one")));
}

TEST(TemplateCompiler, PutsFunctionsIntoTheNamespaceOfTheirFolder)
{
    const auto result =
        compile({{"service_requests/show.html", "{% use \"a/b.hpp\" %}{% args const a::B& b, int n = 1 %}"}}, "t");

    ASSERT_EQ(result.files.size(), 2U);
    EXPECT_EQ(result.files[0].path, "service_requests/show.html.hpp");
    EXPECT_THAT(result.files[0].text,
        AllOf(HasSubstr("#include \"web/html.hpp\"\n#include \"a/b.hpp\"\n"), HasSubstr("const a::B& b, int n = 1);"),
            HasSubstr("namespace views::service_requests {\nusing compiled_views_service_requests::show;")));
    EXPECT_THAT(result.files[1].text, AllOf(HasSubstr("const a::B& b, int n)\n"), Not(HasSubstr("n = 1"))));
}

TEST(TemplateCompiler, LeavesBlocksOutOfTheSignatureWhenNobodyFillsThem)
{
    const File base{"base.html", "{% block a %}x{% end %}"};

    EXPECT_THAT(code_of({base}), Not(HasSubstr("blocks")));
    EXPECT_THAT(code_of({{"x.html", "{% extends base %}"}, base}), HasSubstr("const base_blocks& blocks"));
}

TEST(TemplateCompiler, SqueezesIndentationButNotWhereItIsSeen)
{
    EXPECT_THAT(code_of("\n  <p>\n\n    a  b\n  </p>\n"),
        HasSubstr("out.raw(\"<p>\\n\"\n        \"a  b\\n\"\n        \"</p>\");"));
    EXPECT_THAT(code_of("<pre>\n  a</pre>"), HasSubstr("\"  a</pre>\""));
    EXPECT_THAT(code_of("<p title=\"a\n  b\"></p>"), HasSubstr("\"  b\\\"></p>\""));
    EXPECT_THAT(code_of("<textarea>{{ a }}</textarea>"), HasSubstr("out.raw(\"<textarea>\\n\");"));
    EXPECT_THAT(code_of("<p\n   id=\"a\"\n\n   hidden\n>\n</p>"), HasSubstr("\"<p id=\\\"a\\\" hidden >\\n\""));
    EXPECT_THAT(code_of("<ul>\n  <li>\n    a\n  </li>\n  <li></li>\n</ul>"),
        HasSubstr("\"<ul><li>\\n\"\n        \"a\\n\"\n        \"</li><li></li></ul>\""));
}

TEST(TemplateCompiler, SqueezesIndentationBesideBranchesOnce)
{
    const auto code = code_of("<p\n  {% if a %}\n  hidden\n  {% end %}\n  id=\"b\"></p>");

    EXPECT_THAT(
        code, AllOf(HasSubstr("out.raw(\"<p \");"), HasSubstr("out.raw(\"hidden \");"), HasSubstr("out.raw(\"id=")));
}

TEST(TemplateCompiler, DropsTheBlanksThatADirectiveTrims)
{
    EXPECT_THAT(code_of("<b>a</b>\n  {%- if x -%}\n  <i>b</i>\n  {%- end -%}\n  <u>c</u>"),
        AllOf(HasSubstr("out.raw(\"<b>a</b>\");"), HasSubstr("out.raw(\"<i>b</i>\");"),
            HasSubstr("out.raw(\"<u>c</u>\");")));
    EXPECT_THAT(code_of("<b>a</b> {%- t \"b\" %} {# c #} {% t \"d\" -%} <u>e</u>"),
        AllOf(HasSubstr("out.raw(\"<b>a</b>\");"), HasSubstr("out.raw(\"  \");"), HasSubstr("out.raw(\"<u>e</u>\");")));
    EXPECT_THAT(code_of("<p>a {# b #} {%- t \"c\" %}</p>"), HasSubstr("out.raw(\"<p>a\");"));
    EXPECT_THAT(code_of("a{% let b = c-%} {%- let d = -1 %}"), AllOf(HasSubstr("b = c;"), HasSubstr("d = -1;")));
}

TEST(TemplateCompiler, CountsTheLinesThatADirectiveTrims)
{
    EXPECT_THAT(error_of("<p>\n{%- if a -%}\n\n<b onclick=\"x\"></b>{% end %}</p>"), StartsWith("templates/x.html:4:"));
}
