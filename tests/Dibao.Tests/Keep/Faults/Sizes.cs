namespace Dibao.Tests.Keep.Faults;

/// <summary>How long the fault tests run: <c>test.sh --long</c> sets DIBAO_TEST_LONG.</summary>
internal static class Sizes
{
    public static bool Long { get; } = Environment.GetEnvironmentVariable("DIBAO_TEST_LONG") is "1";

    public static int Kills => Of("DIBAO_TEST_KILLS", 500, 10_000);
    public static int PowerCuts => Of("DIBAO_TEST_POWER_CUTS", 60, 1_000);

    /// <summary>With --long each byte of 1 MB instead.</summary>
    public static int BitFlips => Of("DIBAO_TEST_BIT_FLIPS", 10_000, 10_000);

    /// <summary>Runs for each of the 25 pairs of faults.</summary>
    public static int TwoFaults => Of("DIBAO_TEST_TWO_FAULTS", 2, 400);

    public static int FuzzInputs => Of("DIBAO_FUZZ_INPUTS", 6_000, 10_000_000);

    private static int Of(string name, int usual, int whenLong) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var asked) ? asked : Long ? whenLong : usual;
}
