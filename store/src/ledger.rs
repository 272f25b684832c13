//! Paid calls, written before they are sent.
