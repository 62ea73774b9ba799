using Dibao.Server.Commands;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class OutputTests
{
    [Theory]
    [InlineData("\u001b[2Jgone", "\ufffd[2Jgone")]
    [InlineData("a\u202eb", "a\ufffdb")]
    [InlineData("a\nb\rc", "a\ufffdb\ufffdc")]
    [InlineData("a\u009bb\u007f", "a\ufffdb\ufffd")]
    [InlineData("标题\t二", "标题\t二")]
    public void What_a_terminal_would_obey_is_shown_instead(string text, string shown) => Output.Visible(text).ShouldBe(shown);
}
