namespace Dibao.Server.Read;

/// <summary>What there is to do about a failure, in a reader's words.</summary>
public static class Remedies
{
    /// <summary>Null where nothing failed.</summary>
    public static string? Of(FailureKind failure, Words words) => failure switch
    {
        FailureKind.NoAnswer => words.RemedyNoAnswer,
        FailureKind.Refused => words.RemedyRefused,
        FailureKind.NotThere => words.RemedyNotThere,
        FailureKind.Gone => words.RemedyGone,
        FailureKind.TooOften => words.RemedyTooOften,
        FailureKind.ServerTrouble => words.RemedyServerTrouble,
        FailureKind.Unreadable => words.RemedyUnreadable,
        FailureKind.Skipped => words.RemedySkipped,
        _ => null,
    };
}
