using Shouldly;
using Xunit;
namespace Dibao.Tests;
public class FirstTests { [Fact] public void One_is_one() => 1.ShouldBe(1); }
